CREATE TABLE `delivery_signatures` (
	`tenant` text NOT NULL,
	`webhook` text NOT NULL,
	`signed` text NOT NULL,
	`event_id` text NOT NULL,
	`request_id` text NOT NULL,
	`received_at` integer NOT NULL,
	PRIMARY KEY(`tenant`, `webhook`, `signed`)
);
--> statement-breakpoint
CREATE INDEX `delivery_signatures_age` ON `delivery_signatures` (`received_at`);