CREATE TABLE `approval` (
	`exchange_id` text NOT NULL,
	`by` text NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`exchange_id`, `by`),
	FOREIGN KEY (`exchange_id`) REFERENCES `hold`(`exchange_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `hold` (
	`exchange_id` text PRIMARY KEY NOT NULL,
	`sender` text NOT NULL,
	`approvals_needed` integer NOT NULL,
	`expires_at` text NOT NULL,
	`status` text NOT NULL,
	FOREIGN KEY (`exchange_id`) REFERENCES `exchange`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `hold_sender` ON `hold` (`sender`,`status`,`exchange_id`);--> statement-breakpoint
CREATE INDEX `hold_expiry` ON `hold` (`status`,`expires_at`);--> statement-breakpoint
CREATE TABLE `policy_proposal` (
	`id` text PRIMARY KEY NOT NULL,
	`policy_hash` text NOT NULL,
	`source_hash` text NOT NULL,
	`content` text NOT NULL,
	`proposed_by` text NOT NULL,
	`proposed_at` text NOT NULL,
	`approved_by` text,
	`approved_at` text,
	`active_from` text,
	`activated_at` text,
	`withdrawn_by` text,
	`withdrawn_at` text
);
--> statement-breakpoint
CREATE INDEX `policy_proposal_source` ON `policy_proposal` (`source_hash`);--> statement-breakpoint
ALTER TABLE `delivery` ADD `erase_at` text;--> statement-breakpoint
ALTER TABLE `delivery` ADD `erased_at` text;--> statement-breakpoint
CREATE INDEX `delivery_erasure` ON `delivery` (`erase_at`);--> statement-breakpoint
ALTER TABLE `exchange` ADD `submitted_by` text;