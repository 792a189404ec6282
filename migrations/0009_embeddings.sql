CREATE TABLE `embeddings` (
	`tenant` text PRIMARY KEY NOT NULL,
	`model` text NOT NULL,
	`content` text NOT NULL,
	`texts` integer NOT NULL,
	`blend` text
);
