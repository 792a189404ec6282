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
CREATE INDEX `ledger_at` ON `ledger` (`tenant`,`at`);