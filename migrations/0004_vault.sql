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
ALTER TABLE `runs` ADD `user` text;--> statement-breakpoint
ALTER TABLE `runs` ADD `key_id` text;--> statement-breakpoint
ALTER TABLE `runs` ADD `query` text;--> statement-breakpoint
ALTER TABLE `runs` ADD `confidence` real;--> statement-breakpoint
ALTER TABLE `runs` ADD `code` text;--> statement-breakpoint
ALTER TABLE `schedules` ADD `files` text DEFAULT '' NOT NULL;