package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

// A clerk looks at what the profile's clocks make of a report, as text and for programs.
func TestClocks(t *testing.T) {
	t.Parallel()
	run := func(line string) (string, error) {
		var out, errs bytes.Buffer
		err := program().Run(t.Context(), strings.Fields(line), &out, &errs)
		return out.String(), err
	}
	text, err := run("clocks --filed 2026-11-30T09:00 --kind pengaduan --category pungli_integritas")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		"Kota Serang (Asia/Jakarta): pengaduan, pungli_integritas, filed Mon 30 Nov 2026 09:00",
		"finish   60 working days · Penyelesaian pengaduan berkadar pengawasan (SP4N) (since 2018-01-01; PermenPANRB 62/2018)",
		"  due      Mon 1 Mar 2027 09:00",
		"  80 %     Wed 2 Dec 2026 18:36, told Thu 3 Dec 2026 08:00: office",
	} {
		if !strings.Contains(text, line+"\n") {
			t.Errorf("no line %q in\n%s", line, text)
		}
	}
	text, err = run("clocks --filed 2026-11-28T10:00:00+07:00 --kind informasi --category administrasi_kependudukan --pause 2026-12-01T08:00/2026-12-02T08:00 --pause 2026-12-01T12:00/2026-12-03T08:00 --json")
	var sheet struct {
		Pauses []struct{ From, To string }
		Stages []struct {
			Stage, Due, Length string
			Office             string `json:"shown_to_office"`
			Citizen            string `json:"shown_to_citizen"`
			Steps              []struct{ Name, At, Told, Who string }
		}
	}
	if err != nil || json.Unmarshal([]byte(text), &sheet) != nil || len(sheet.Stages) != 3 || len(sheet.Pauses) != 1 {
		t.Fatalf("%v\n%s", err, text)
	}
	finish := sheet.Stages[2]
	if finish.Stage != "finish" || finish.Due != "2026-12-09T00:00:00+07:00" || finish.Office != "2026-12-08T16:00:00+07:00" || finish.Citizen != "2026-12-08" || len(finish.Steps) != 4 {
		t.Errorf("finish is %+v", finish)
	}
	if text, err = run("clocks --filed 2027-12-20 --category penerangan_jalan"); err != nil || !strings.Contains(text, "note: the days off of 2028 are not known yet") {
		t.Errorf("beyond the calendar: %v\n%s", err, text)
	}
	if text, err = run("clocks --filed 2015-12-21"); err != nil || !strings.Contains(text, "no rule was in force on that day") {
		t.Errorf("before every rule: %v\n%s", err, text)
	}
	for line, want := range map[string]string{
		"clocks":                                                  `--filed is missing: say when the report was filed, for example: --filed 2026-11-30T09:00`,
		"clocks --filed kemarin":                                  `--filed "kemarin" is no time; for example: --filed 2026-11-30T09:00`,
		"clocks --filed 2026-02-30":                               `--filed "2026-02-30" is no time`,
		"clocks --filed 2026-11-30 --kind keluhan":                `--kind is pengaduan, aspirasi or informasi, not "keluhan"`,
		"clocks --filed 2026-11-30 --category lampu":              `--category "lampu" is none of Kota Serang`,
		"clocks --filed 2026-11-30 --category parkr":              `(did you mean "parkir"?)`,
		"clocks --filed 2026-11-30 --pause besok":                 `--pause "besok" is not two times; for example: --pause 2026-12-01T09:00/2026-12-03T09:00`,
		"clocks --filed 2026-11-30 --pause 2026-12-01/":           `is not two times`,
		"clocks --filed 2026-11-30 --pause 2026-12-02/2026-12-01": `ends before it begins`,
		"clocks --filed 2026-11-30 --class berat":                 `--class is berkadar or tidak, not "berat"; for example: --class berkadar`,
		"clocks --filed 2026-11-30 --class pengawasan":            `--class is berkadar or tidak, not "pengawasan"`,
		"clocks --filed 2026-11-30 --kind aspirasi --class tidak": `--class is for complaints alone, and --kind is aspirasi; for example: --kind pengaduan --class tidak`,
		"clocks --filed 2026-11-30 --channel surel":               `--channel "surel" is none of telegram, whatsapp, `,
		"clocks --filed 2026-11-30 --profile jakarta":             `jakarta`,
	} {
		out, err := run(line)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") || out != "" {
			t.Errorf("rabeg %s: %v, want %s", line, err, want)
		}
	}
}

// What the class of a complaint makes of its end, and the way it came of its answer, in Serang: by hand.
func TestClocksOfAClass(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args           []string
		answer, finish string // length, and the due time
		head           string
	}{
		{nil, "72 hours, 2026-12-03T09:00", "14 working days, 2026-12-18T09:00", "pengaduan, filed"},
		{[]string{"--class", "berkadar"}, "72 hours, 2026-12-03T09:00", "60 working days, 2027-03-01T09:00", "pengaduan, berkadar pengawasan, filed"},
		{[]string{"--class", "Berkadar Pengawasan"}, "72 hours, 2026-12-03T09:00", "60 working days, 2027-03-01T09:00", "pengaduan, berkadar pengawasan, filed"},
		{[]string{"--class", "tidak"}, "72 hours, 2026-12-03T09:00", "14 working days, 2026-12-18T09:00", "pengaduan, tidak berkadar pengawasan, filed"},
		{[]string{"--class", "tidak-berkadar"}, "72 hours, 2026-12-03T09:00", "14 working days, 2026-12-18T09:00", "pengaduan, tidak berkadar pengawasan, filed"},
		{[]string{"--class", "Pengaduan Tidak Berkadar Pengawasan"}, "72 hours, 2026-12-03T09:00", "14 working days, 2026-12-18T09:00", "pengaduan, tidak berkadar pengawasan, filed"},
		{[]string{"--category", "pungli_integritas"}, "72 hours, 2026-12-03T09:00", "60 working days, 2027-03-01T09:00", "pengaduan, pungli_integritas, filed"},
		{[]string{"--category", "pungli_integritas", "--class", "tidak"}, "72 hours, 2026-12-03T09:00", "14 working days, 2026-12-18T09:00", "pengaduan, pungli_integritas, tidak berkadar pengawasan, filed"},
		{[]string{"--class", "tidak", "--channel", "SP4N"}, "5 working days, 2026-12-07T09:00", "14 working days, 2026-12-18T09:00", "pengaduan, tidak berkadar pengawasan, by sp4n, filed"},
		{[]string{"--kind", "informasi", "--channel", "sp4n"}, "5 working days, 2026-12-07T09:00", "5 working days, 2026-12-07T09:00", "informasi, by sp4n, filed"},
		{[]string{"--channel", "whatsapp"}, "72 hours, 2026-12-03T09:00", "14 working days, 2026-12-18T09:00", "pengaduan, by whatsapp, filed"},
	} {
		var text, programs, errs bytes.Buffer
		args := append([]string{"clocks", "--filed", "2026-11-30T09:00"}, c.args...)
		if err := errors.Join(program().Run(t.Context(), args, &text, &errs), program().Run(t.Context(), append(args, "--json"), &programs, &errs)); err != nil {
			t.Errorf("%v: %v", c.args, err)
			continue
		}
		if first, _, _ := strings.Cut(text.String(), "\n"); !strings.Contains(first, c.head) {
			t.Errorf("%v: %s", c.args, first)
		}
		var sheet struct {
			Stages []struct{ Stage, Length, Due string }
		}
		if err := json.Unmarshal(programs.Bytes(), &sheet); err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, s := range sheet.Stages {
			got[s.Stage] = s.Length + ", " + s.Due
		}
		if got["answer"] != c.answer+":00+07:00" || got["finish"] != c.finish+":00+07:00" {
			t.Errorf("%v: %v", c.args, got)
		}
	}
}
