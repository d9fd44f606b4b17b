CREATE TABLE `mail_mark` (
	`party` text PRIMARY KEY NOT NULL,
	`delivery_id` text,
	`failures` integer NOT NULL
);
