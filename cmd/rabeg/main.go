// Rabeg is the complaint channel of a city, over Telegram and WhatsApp.
package main

import (
	_ "time/tzdata" // zones of the profiles, where the machine has none

	"rabeg/cmd/internal/cli"
)

type commands struct {
	Serve       *cli.Serve       `arg:"subcommand:serve" help:"Serve citizens and operators."`
	Migrate     *cli.Migrate     `arg:"subcommand:migrate" help:"Bring the database to the newest shape."`
	Pair        *cli.Pair        `arg:"subcommand:pair" help:"Link the office's WhatsApp."`
	Doctor      *cli.Doctor      `arg:"subcommand:doctor" help:"Check everything serve needs, and say how to mend what is wrong."`
	Backup      *cli.Backup      `arg:"subcommand:backup" help:"Write the database and all files into a folder, while the program serves."`
	Restore     *cli.Restore     `arg:"subcommand:restore" help:"Fill an empty database from such a folder."`
	Government  *cli.Government  `arg:"subcommand:government" help:"Of several governments that one program serves, do a command for one: government serang doctor."`
	Classify    *cli.Classify    `arg:"subcommand:classify" help:"Read JSON lines {\"id\",\"text\"} and write what each is understood as."`
	Eval        *cli.Eval        `arg:"subcommand:eval" help:"Measure the understanding on labelled messages."`
	Profile     *profileCmd      `arg:"subcommand:profile" help:"Check the folder of a city, or write a new one."`
	Clocks      *clocksCmd       `arg:"subcommand:clocks" help:"Show the clocks of a report filed at a time: rules, due times, reminders."`
	Recount     *cli.Recount     `arg:"subcommand:recount" help:"After the profile's clocks or days off have changed: show what they make of open reports, and keep it with --apply."`
	Audit       *auditCmd        `arg:"subcommand:audit" help:"Prove the log of who looked at what is kept from others."`
	SP4N        *sp4nCmd         `arg:"subcommand:sp4n" help:"Bring exports of SP4N LAPOR! in, or write our reports in its columns."`
	Open311     *open311Cmd      `arg:"subcommand:open311" help:"Other software that files reports, and open data."`
	WhatsApp    *whatsappCmd     `arg:"subcommand:whatsapp" help:"What is set up at Meta for the official WhatsApp."`
	Corrections *cli.Corrections `arg:"subcommand:corrections" help:"Write what officers corrected, as JSON lines for training. They are citizens' words."`
	Poster      *cli.Poster      `arg:"subcommand:poster" help:"Draw a poster with QR codes by which people find the channel."`
	Stats       *cli.Stats       `arg:"subcommand:stats" help:"Count: what was answered in time, how soon, how well it held. Each figure is defined in docs/figures.md."`
}

// Description heads the help.
func (*commands) Description() string { return "The complaint channel of a city." }

func program() cli.Program {
	return cli.Program{Name: "rabeg", Commands: &commands{}, Example: "doctor"}
}

func main() { program().Main() }
