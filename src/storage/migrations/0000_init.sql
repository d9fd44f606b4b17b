CREATE TABLE `checkpoint` (
	`tree_size` integer PRIMARY KEY NOT NULL,
	`note` text NOT NULL,
	`frontier` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `delivery` (
	`id` text PRIMARY KEY NOT NULL,
	`exchange_id` text NOT NULL,
	`recipient` text NOT NULL,
	`inbox_position` integer,
	`sealed` text NOT NULL,
	`acknowledged_at` text,
	FOREIGN KEY (`exchange_id`) REFERENCES `exchange`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `delivery_exchange_id_unique` ON `delivery` (`exchange_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `delivery_inbox` ON `delivery` (`recipient`,`inbox_position`);--> statement-breakpoint
CREATE TABLE `entry` (
	`leaf_index` integer PRIMARY KEY NOT NULL,
	`record` blob NOT NULL,
	`leaf_hash` blob NOT NULL,
	CONSTRAINT "entry_record_size" CHECK(length("entry"."record") between 1 and 4096)
);
--> statement-breakpoint
CREATE TABLE `exchange` (
	`id` text PRIMARY KEY NOT NULL,
	`sender` text NOT NULL,
	`recipient` text NOT NULL,
	`outcome` text NOT NULL,
	`at` text NOT NULL,
	`decision` text NOT NULL,
	`key_hash` blob NOT NULL,
	`body_hash` blob NOT NULL,
	`leaf_index` integer NOT NULL,
	`proof` text NOT NULL,
	FOREIGN KEY (`leaf_index`) REFERENCES `entry`(`leaf_index`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `exchange_idempotency` ON `exchange` (`sender`,`key_hash`);--> statement-breakpoint
CREATE TABLE `log_node` (
	`level` integer NOT NULL,
	`node_index` integer NOT NULL,
	`hash` blob NOT NULL,
	PRIMARY KEY(`level`, `node_index`)
);
--> statement-breakpoint
CREATE TABLE `match_token` (
	`domain` text NOT NULL,
	`token` blob NOT NULL,
	`person_id` text NOT NULL,
	PRIMARY KEY(`domain`, `token`),
	FOREIGN KEY (`domain`,`person_id`) REFERENCES `person`(`domain`,`person_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `match_token_person` ON `match_token` (`domain`,`person_id`);--> statement-breakpoint
CREATE TABLE `person` (
	`domain` text NOT NULL,
	`person_id` text NOT NULL,
	`is_linkable` integer NOT NULL,
	PRIMARY KEY(`domain`, `person_id`)
);
--> statement-breakpoint
CREATE TABLE `policy_archive` (
	`policy_hash` text NOT NULL,
	`source_hash` text NOT NULL,
	`content` text NOT NULL,
	`at` text NOT NULL,
	`leaf_index` integer NOT NULL,
	PRIMARY KEY(`policy_hash`, `source_hash`),
	FOREIGN KEY (`leaf_index`) REFERENCES `entry`(`leaf_index`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `policy_archive_activation` ON `policy_archive` (`leaf_index`);--> statement-breakpoint
CREATE TABLE `salt` (
	`exchange_id` text NOT NULL,
	`label` text NOT NULL,
	`salt` blob NOT NULL,
	PRIMARY KEY(`exchange_id`, `label`),
	FOREIGN KEY (`exchange_id`) REFERENCES `exchange`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `used_jti` (
	`issuer` text NOT NULL,
	`jti` text NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`issuer`, `jti`)
);
--> statement-breakpoint
CREATE INDEX `used_jti_expiry` ON `used_jti` (`expires_at`);