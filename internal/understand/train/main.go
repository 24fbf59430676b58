// Command train learns the reader's model and writes it beside the package that embeds it:
//
//	go run ./internal/understand/train -data ../shared/data
//
// The same data, corrections and seed give the same bytes. Nothing a citizen wrote is written anywhere: the file holds
// weights of hashed features, and a Bloom filter of words seen often.
package main

import (
	"flag"
	"fmt"
	"os"
	"time"

	"rabeg/internal/understand/words"
)

func main() {
	o := options{}
	flag.StringVar(&o.data, "data", "../shared/data", "folder of the training data")
	flag.StringVar(&o.corrections, "corrections", "", "JSON lines {text, category} of a city's own corrections")
	flag.StringVar(&o.out, "out", "internal/understand/model.bin", "model file to write; \"\" writes none")
	flag.StringVar(&o.version, "version", "1", "version written into the file")
	flag.IntVar(&o.folds, "cv", 0, "also measure by cross-validation in this many parts")
	flag.Uint64Var(&o.seed, "seed", 7, "seed of the shuffling")
	flag.BoolVar(&o.firstSeeds, "first-seeds", true, "use the seed phrases that were written with dev in view")
	flag.BoolVar(&o.turns, "turns", false, "only measure what is said to a filed report")
	flag.BoolVar(&o.desk, "desk", false, "measure and learn only what officers say at a card; the model file keeps its other tables")
	flag.Parse()
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

// options are the command line.
type options struct {
	data, corrections, out, version string
	folds                           int
	seed                            uint64
	firstSeeds, turns, desk         bool
}

func run(o options) error {
	begun := time.Now()
	lx, err := words.New()
	if err != nil {
		return err
	}
	if o.desk {
		return learnDesk(o, lx)
	}
	set, err := gather(o, lx)
	if err != nil {
		return err
	}
	fmt.Printf("data: %d texts, %d of them with a category; left out as twins of the evaluation: %d\n",
		len(set.all), set.labelled(), set.twins)
	if o.turns {
		set.turnSet().validate(lx, "said to a filed report", o)
		return nil
	}
	model, err := learn(set, o)
	if err != nil {
		return err
	}
	if o.folds > 1 {
		if err := set.crossValidate(o); err != nil {
			return err
		}
	}
	bytes := model.Marshal()
	fmt.Printf("model: %d bytes, %d rows for categories, %d for the rest; %.0f s\n", len(bytes), model.Tables[0].Rows(),
		model.Tables[1].Rows(), time.Since(begun).Seconds())
	return o.write(bytes)
}

// write keeps a model where it was asked to be; nowhere for "".
func (o options) write(model []byte) error {
	if o.out == "" {
		return nil
	}
	if err := os.WriteFile(o.out, model, 0o644); err != nil { //nolint:gosec // it is where whoever runs this asks for it
		return fmt.Errorf("write model: %w", err)
	}
	return nil
}
