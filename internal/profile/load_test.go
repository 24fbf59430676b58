package profile

import "testing"

func TestSerangLoads(t *testing.T) {
	t.Parallel()
	p, err := Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Agencies) != 37 || len(p.Categories) != 35 || len(p.Areas) != 67 {
		t.Errorf("agencies %d, categories %d, areas %d", len(p.Agencies), len(p.Categories), len(p.Areas))
	}
	t.Log(len(p.Streets), len(p.Landmarks), p.Clocks, p.Emergency, len(p.Holidays))
}
