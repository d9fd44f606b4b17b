CREATE TABLE `cosignature` (
	`tree_size` integer NOT NULL,
	`key_name` text NOT NULL,
	`key_id` text NOT NULL,
	`line` text NOT NULL,
	PRIMARY KEY(`tree_size`, `key_name`, `key_id`),
	FOREIGN KEY (`tree_size`) REFERENCES `checkpoint`(`tree_size`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `origin` (
	`first_size` integer PRIMARY KEY NOT NULL,
	`origin` text NOT NULL,
	`verifier_key` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `origin_origin_unique` ON `origin` (`origin`);--> statement-breakpoint
CREATE TABLE `party_state` (
	`party` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL
);
--> statement-breakpoint
ALTER TABLE `delivery` ADD `recalled_at` text;--> statement-breakpoint
CREATE INDEX `exchange_sender` ON `exchange` (`sender`,`id`);