ALTER TABLE `audit` ADD `position` integer;--> statement-breakpoint
ALTER TABLE `audit` ADD `previous` text;--> statement-breakpoint
ALTER TABLE `audit` ADD `hash` text;--> statement-breakpoint
CREATE UNIQUE INDEX `audit_chain` ON `audit` (`tenant`,`position`);