CREATE TABLE `approval_links` (
	`hash` text PRIMARY KEY NOT NULL,
	`tenant` text NOT NULL,
	`run_id` text NOT NULL,
	`user` text NOT NULL,
	`role` text NOT NULL,
	`manifest` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer
);
--> statement-breakpoint
CREATE INDEX `approval_links_expires` ON `approval_links` (`expires_at`);--> statement-breakpoint
ALTER TABLE `users` ADD `email` text DEFAULT '' NOT NULL;