ALTER TABLE `delivery` ADD `fetched_at` text;--> statement-breakpoint
ALTER TABLE `delivery` ADD `answered_at` text;