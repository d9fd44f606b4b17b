CREATE TABLE `session` (
	`id_hash` blob PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`issuer` text NOT NULL,
	`subject` text NOT NULL,
	`signed_in_at` text NOT NULL,
	`started_at` text NOT NULL,
	`last_seen_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `session_person` ON `session` (`person`,`started_at`);