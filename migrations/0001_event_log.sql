CREATE TABLE `event_log` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`tenant` text NOT NULL,
	`id` text NOT NULL,
	`run_id` text,
	`at` integer NOT NULL,
	`events` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `event_log_once` ON `event_log` (`tenant`,`id`);--> statement-breakpoint
CREATE INDEX `event_log_of_run` ON `event_log` (`tenant`,`run_id`) WHERE events is not null and run_id is not null;--> statement-breakpoint
CREATE INDEX `event_log_tenant` ON `event_log` (`tenant`);--> statement-breakpoint
INSERT INTO `event_log` (`seq`, `tenant`, `id`, `run_id`, `at`, `events`)
	SELECT `seq`, `tenant`, `id`, `run_id`, `at`, '[' || `body` || ']' FROM `events`;--> statement-breakpoint
DROP TABLE `events`;