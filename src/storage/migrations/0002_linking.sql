-- Persons and their tokens of before cannot be carried over: tokens are made otherwise now, and only the identifiers, which
-- nobody kept, would give the new ones. Whoever is reported again is met anew. Exchanges, deliveries and the log stay.
DROP TABLE `match_token`;
--> statement-breakpoint
DROP TABLE `person`;
--> statement-breakpoint
-- Tables without a rowid are one tree instead of two: what is found by its key is in the place where the key is found.
CREATE TABLE `domain` (
	`domain` text PRIMARY KEY NOT NULL,
	`recipient` text NOT NULL,
	`pseudonym_epoch` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `person` (
	`domain` text NOT NULL,
	`person_id` text NOT NULL,
	`is_linkable` integer NOT NULL,
	PRIMARY KEY(`domain`, `person_id`),
	FOREIGN KEY (`domain`) REFERENCES `domain`(`domain`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
-- Deferred: an exchange is stored after its mentions, when its receipt is known.
CREATE TABLE `mention` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`exchange_id` text NOT NULL,
	`data_subject` integer NOT NULL,
	`domain` text NOT NULL,
	`person_id` text NOT NULL,
	`epoch` integer NOT NULL,
	`tokens` blob NOT NULL,
	FOREIGN KEY (`exchange_id`) REFERENCES `exchange`(`id`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`domain`,`person_id`) REFERENCES `person`(`domain`,`person_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `mention_id_unique` ON `mention` (`id`);
--> statement-breakpoint
CREATE INDEX `mention_exchange` ON `mention` (`exchange_id`,`data_subject`);
--> statement-breakpoint
CREATE INDEX `mention_person` ON `mention` (`domain`,`person_id`);
--> statement-breakpoint
CREATE TABLE `match_token` (
	`token` blob NOT NULL,
	`mention` integer NOT NULL,
	PRIMARY KEY(`token`, `mention`),
	CONSTRAINT `match_token_size` CHECK(length(`token`) = 16)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `link_match` (
	`id` text PRIMARY KEY NOT NULL,
	`domain` text NOT NULL,
	`recipient` text NOT NULL,
	`status` text NOT NULL,
	`earlier_mention` text NOT NULL,
	`later_mention` text NOT NULL,
	`later_person` text NOT NULL,
	`joins` integer NOT NULL,
	`at` text NOT NULL,
	`answered_by` text,
	`answered_at` text,
	FOREIGN KEY (`earlier_mention`) REFERENCES `mention`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`later_mention`) REFERENCES `mention`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `link_match_recipient` ON `link_match` (`recipient`,`id`);
--> statement-breakpoint
CREATE INDEX `link_match_status` ON `link_match` (`recipient`,`status`,`id`);
--> statement-breakpoint
CREATE INDEX `link_match_earlier` ON `link_match` (`earlier_mention`);
--> statement-breakpoint
CREATE INDEX `link_match_later` ON `link_match` (`later_mention`);
--> statement-breakpoint
CREATE INDEX `link_match_person` ON `link_match` (`domain`,`later_person`);
--> statement-breakpoint
CREATE TABLE `match_answer` (
	`seq` integer PRIMARY KEY NOT NULL,
	`match_id` text NOT NULL,
	`status` text NOT NULL,
	`joins` integer NOT NULL,
	`by` text NOT NULL,
	`at` text NOT NULL,
	FOREIGN KEY (`match_id`) REFERENCES `link_match`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `match_answer_match` ON `match_answer` (`match_id`);
--> statement-breakpoint
-- A notice is a delivery too, and may be about no exchange: SQLite changes a column only by making the table anew.
CREATE TABLE `__new_delivery` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`exchange_id` text,
	`recipient` text NOT NULL,
	`inbox_position` integer,
	`sealed` text NOT NULL,
	`acknowledged_at` text,
	`erase_at` text,
	`erased_at` text,
	`at` text,
	`leaf_index` integer,
	`proof` text,
	FOREIGN KEY (`exchange_id`) REFERENCES `exchange`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`leaf_index`) REFERENCES `entry`(`leaf_index`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT `delivery_receipt` CHECK((`kind` = 'notice') = (`leaf_index` is not null))
);
--> statement-breakpoint
INSERT INTO `__new_delivery`(`id`, `kind`, `exchange_id`, `recipient`, `inbox_position`, `sealed`, `acknowledged_at`, `erase_at`, `erased_at`)
	SELECT `id`, 'exchange', `exchange_id`, `recipient`, `inbox_position`, `sealed`, `acknowledged_at`, `erase_at`, `erased_at` FROM `delivery`;
--> statement-breakpoint
DROP TABLE `delivery`;
--> statement-breakpoint
ALTER TABLE `__new_delivery` RENAME TO `delivery`;
--> statement-breakpoint
CREATE INDEX `delivery_exchange` ON `delivery` (`exchange_id`);
--> statement-breakpoint
CREATE UNIQUE INDEX `delivery_inbox` ON `delivery` (`recipient`,`inbox_position`);
--> statement-breakpoint
CREATE INDEX `delivery_erasure` ON `delivery` (`erase_at`);
--> statement-breakpoint
CREATE TABLE `budget` (
	`budget` text NOT NULL,
	`party` text NOT NULL,
	`window` integer NOT NULL,
	`used` integer NOT NULL,
	`is_refused` integer NOT NULL,
	PRIMARY KEY(`budget`, `party`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `budget_window` ON `budget` (`budget`,`window`);
--> statement-breakpoint
CREATE TABLE `key_state` (
	`epoch` integer PRIMARY KEY NOT NULL,
	`check` blob NOT NULL,
	`uses` text NOT NULL
);
