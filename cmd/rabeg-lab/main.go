// Rabeg-lab is Rabeg on local networks: nothing leaves the machine.
package main

import (
	_ "time/tzdata" // zones of the profiles, where the machine has none

	"rabeg/cmd/internal/cli"
)

type commands struct {
	Try     *tryCmd      `arg:"subcommand:try" help:"Run everything on this machine: phones and desk in a browser, or, without a terminal, one case from complaint to answer."`
	Demo    *demoCmd     `arg:"subcommand:demo" help:"Play the case and stop."`
	Talk    *talkCmd     `arg:"subcommand:talk" help:"Run everything on this machine and let you be a citizen and an operator, without the case."`
	Bench   *benchCmd    `arg:"subcommand:bench" help:"Measure speed and memory, beside what the machine allows."`
	Serve   *serveCmd    `arg:"subcommand:serve" help:"Serve, on a local WhatsApp where a file names one."`
	Pair    *pairCmd     `arg:"subcommand:pair" help:"Link a number of the local WhatsApp."`
	Doctor  *doctorCmd   `arg:"subcommand:doctor" help:"Check everything serve needs, with the local WhatsApp."`
	Migrate *cli.Migrate `arg:"subcommand:migrate" help:"Bring the database to the newest shape."`
}

// Description heads the help.
func (*commands) Description() string {
	return "The complaint channel of a city on local networks, for trying and measuring it."
}

func program() cli.Program {
	return cli.Program{Name: "rabeg-lab", Commands: &commands{}, Example: "try"}
}

func main() { program().Main() }
