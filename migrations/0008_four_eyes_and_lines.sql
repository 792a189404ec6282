ALTER TABLE `approval_links` ADD `hands` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `line` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `email_by` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `role_before` text;--> statement-breakpoint
ALTER TABLE `users` ADD `role_since` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `attachments` ADD `attached_by` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `deliveries` ADD `secret_by` text;--> statement-breakpoint
ALTER TABLE `documents` ADD `made_by` text;--> statement-breakpoint
ALTER TABLE `registry` ADD `put_by` text;--> statement-breakpoint
ALTER TABLE `schedules` ADD `input_by` text;--> statement-breakpoint
ALTER TABLE `webhooks` ADD `secret_by` text;