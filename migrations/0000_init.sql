CREATE TABLE `api_keys` (
	`hash` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`tenant` text NOT NULL,
	`user` text NOT NULL,
	`role` text NOT NULL,
	`scopes` text NOT NULL,
	`unlimited` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE INDEX `api_keys_tenant` ON `api_keys` (`tenant`);--> statement-breakpoint
CREATE TABLE `attachments` (
	`tenant` text NOT NULL,
	`sha256` text NOT NULL,
	`filename` text NOT NULL,
	`content_type` text NOT NULL,
	`size_bytes` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant`, `sha256`)
);
--> statement-breakpoint
CREATE TABLE `audit` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`tenant` text NOT NULL,
	`at` integer NOT NULL,
	`user` text NOT NULL,
	`action` text NOT NULL,
	`target` text NOT NULL,
	`outcome` text NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_once` ON `audit` (`tenant`,`id`);--> statement-breakpoint
CREATE TABLE `deliveries` (
	`tenant` text NOT NULL,
	`webhook` text NOT NULL,
	`event_id` text NOT NULL,
	`status` text NOT NULL,
	`input` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`run_id` text,
	`received_at` integer NOT NULL,
	`problem` text,
	PRIMARY KEY(`tenant`, `webhook`, `event_id`)
);
--> statement-breakpoint
CREATE INDEX `deliveries_open` ON `deliveries` (`status`,`received_at`);--> statement-breakpoint
CREATE TABLE `documents` (
	`tenant` text NOT NULL,
	`hash` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`document` text NOT NULL,
	`source` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant`, `hash`)
);
--> statement-breakpoint
CREATE INDEX `documents_name` ON `documents` (`tenant`,`kind`,`name`);--> statement-breakpoint
CREATE TABLE `events` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`tenant` text NOT NULL,
	`request_id` text NOT NULL,
	`run_id` text,
	`type` text NOT NULL,
	`at` integer NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `events_once` ON `events` (`tenant`,`id`);--> statement-breakpoint
CREATE INDEX `events_run` ON `events` (`tenant`,`run_id`);--> statement-breakpoint
CREATE INDEX `events_since` ON `events` (`tenant`,`seq`);--> statement-breakpoint
CREATE TABLE `feedback` (
	`tenant` text NOT NULL,
	`id` text NOT NULL,
	`user` text NOT NULL,
	`query` text NOT NULL,
	`chosen` text,
	`expected` text,
	`source` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant`, `id`)
);
--> statement-breakpoint
CREATE TABLE `ledger` (
	`tenant` text NOT NULL,
	`entry` text NOT NULL,
	`account` text NOT NULL,
	`micro_usd` integer NOT NULL,
	`run_id` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`tenant`, `entry`, `account`)
);
--> statement-breakpoint
CREATE TABLE `occurrences` (
	`tenant` text NOT NULL,
	`schedule` text NOT NULL,
	`slot` integer NOT NULL,
	`status` text NOT NULL,
	`run_id` text,
	`started_at` integer NOT NULL,
	PRIMARY KEY(`tenant`, `schedule`, `slot`)
);
--> statement-breakpoint
CREATE TABLE `open_shards` (
	`tenant` text NOT NULL,
	`shard` integer NOT NULL,
	`since` integer NOT NULL,
	PRIMARY KEY(`tenant`, `shard`)
);
--> statement-breakpoint
CREATE TABLE `registry` (
	`tenant` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`hash` text NOT NULL,
	`origin` text NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`tenant`, `kind`, `name`)
);
--> statement-breakpoint
CREATE TABLE `runs` (
	`tenant` text NOT NULL,
	`id` text NOT NULL,
	`short` text NOT NULL,
	`skill` text NOT NULL,
	`status` text NOT NULL,
	`channel` text NOT NULL,
	`created_at` integer NOT NULL,
	`finished_at` integer,
	`cost_micro_usd` integer NOT NULL,
	`record` text NOT NULL,
	PRIMARY KEY(`tenant`, `id`)
);
--> statement-breakpoint
CREATE INDEX `runs_recent` ON `runs` (`tenant`,`created_at`);--> statement-breakpoint
CREATE INDEX `runs_short` ON `runs` (`tenant`,`short`);--> statement-breakpoint
CREATE TABLE `schedules` (
	`tenant` text NOT NULL,
	`id` text NOT NULL,
	`skill` text NOT NULL,
	`run_at` integer,
	`cron` text,
	`time_zone` text NOT NULL,
	`input` text NOT NULL,
	`enabled` integer DEFAULT 1 NOT NULL,
	`max_retries` integer DEFAULT 0 NOT NULL,
	`next_at` integer,
	`user` text NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant`, `id`)
);
--> statement-breakpoint
CREATE INDEX `schedules_due` ON `schedules` (`enabled`,`next_at`);--> statement-breakpoint
CREATE TABLE `tenants` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`time_zone` text DEFAULT 'Europe/Moscow' NOT NULL,
	`currency` text DEFAULT 'RUB' NOT NULL,
	`registry_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `users` (
	`tenant` text NOT NULL,
	`id` text NOT NULL,
	`role` text NOT NULL,
	`name` text DEFAULT '' NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant`, `id`)
);
--> statement-breakpoint
CREATE TABLE `vectors` (
	`tenant` text NOT NULL,
	`id` text NOT NULL,
	`model` text NOT NULL,
	`embedding` text NOT NULL,
	PRIMARY KEY(`tenant`, `id`)
);
--> statement-breakpoint
CREATE TABLE `webhooks` (
	`tenant` text NOT NULL,
	`id` text NOT NULL,
	`skill` text NOT NULL,
	`scheme` text NOT NULL,
	`secret` text,
	`user` text NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant`, `id`)
);
