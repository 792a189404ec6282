CREATE TABLE `approval_links` (
	`hash` text PRIMARY KEY NOT NULL,
	`tenant` text NOT NULL,
	`run_id` text NOT NULL,
	`user` text NOT NULL,
	`role` text NOT NULL,
	`key_id` text,
	`manifest` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer
);
--> statement-breakpoint
CREATE INDEX `approval_links_expires` ON `approval_links` (`expires_at`);--> statement-breakpoint
CREATE TABLE `ledger_corrections` (
	`tenant` text NOT NULL,
	`id` text NOT NULL,
	`run_id` text NOT NULL,
	`right_micro_usd` integer NOT NULL,
	`change_micro_usd` integer NOT NULL,
	`because` text NOT NULL,
	`user` text NOT NULL,
	`at` integer NOT NULL,
	`made_at` integer NOT NULL,
	PRIMARY KEY(`tenant`, `id`)
);
--> statement-breakpoint
CREATE INDEX `ledger_corrections_run` ON `ledger_corrections` (`tenant`,`run_id`);--> statement-breakpoint
CREATE TABLE `system_switches` (
	`name` text PRIMARY KEY NOT NULL,
	`since` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `secrets` (
	`tenant` text NOT NULL,
	`name` text NOT NULL,
	`value` text NOT NULL,
	`user` text NOT NULL,
	`set_at` integer NOT NULL,
	PRIMARY KEY(`tenant`, `name`)
);
--> statement-breakpoint
CREATE TABLE `tenant_keys` (
	`tenant` text NOT NULL,
	`version` integer NOT NULL,
	`wrapped` text NOT NULL,
	`master` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant`, `version`)
);
--> statement-breakpoint
ALTER TABLE `users` ADD `email` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `runs` ADD `user` text;--> statement-breakpoint
ALTER TABLE `runs` ADD `key_id` text;--> statement-breakpoint
ALTER TABLE `runs` ADD `query` text;--> statement-breakpoint
ALTER TABLE `runs` ADD `confidence` real;--> statement-breakpoint
ALTER TABLE `runs` ADD `code` text;--> statement-breakpoint
ALTER TABLE `schedules` ADD `files` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `ledger_at` ON `ledger` (`tenant`,`at`);