ALTER TABLE `api_keys` ADD `made_with` text;--> statement-breakpoint
ALTER TABLE `tenants` ADD `prices` text DEFAULT '{}' NOT NULL;