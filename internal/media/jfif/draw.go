package jfif

import (
	"context"
	"image"
)

// draw turns a block into points of its plane, each the mean of shrink×shrink.
func (p *pixels) draw(block *[64]int16, x, y, shrink int) {
	q := p.quant
	if shrink == 8 {
		p.plane[y*p.stride+x] = clamp(float32(int32(block[0])*q[0])/8 + 128)
		return
	}
	var f [64]float32
	flat := true
	for i, v := range block {
		if v != 0 {
			f[i] = float32(int32(v) * q[i])
			flat = flat && i == 0
		}
	}
	size := 8 / shrink
	at := y*size*p.stride + x*size
	if flat {
		v := clamp(f[0]/8 + 128)
		for r := range size {
			row := p.plane[at+r*p.stride:][:size]
			for i := range row {
				row[i] = v
			}
		}
		return
	}
	for c := range 8 {
		wave(&f, c, 8)
	}
	for r := range 8 {
		wave(&f, r*8, 1)
	}
	if shrink == 1 {
		for r := range 8 {
			row := p.plane[at+r*p.stride:][:8]
			for i := range row {
				row[i] = clamp(f[r*8+i]/8 + 128)
			}
		}
		return
	}
	part := 1 / float32(8*shrink*shrink)
	for r := range size {
		for c := range size {
			var sum float32
			for i := range shrink {
				for j := range shrink {
					sum += f[(r*shrink+i)*8+c*shrink+j]
				}
			}
			p.plane[at+r*p.stride+c] = clamp(sum*part + 128)
		}
	}
}

func clamp(v float32) byte {
	switch {
	case v <= 0:
		return 0
	case v >= 255:
		return 255
	}
	return byte(v + 0.5)
}

// wave is the inverse cosine transform of eight numbers, times the root of 8 (Loeffler, Ligtenberg and Moschytz, 1989).
func wave(f *[64]float32, at, step int) {
	i := func(n int) *float32 { return &f[at+n*step] }
	s0, s1, s2, s3, s4, s5, s6, s7 := *i(0), *i(1), *i(2), *i(3), *i(4), *i(5), *i(6), *i(7)

	z := (s2 + s6) * 0.541196100
	t2, t3 := z-s6*1.847759065, z+s2*0.765366865
	t0, t1 := s0+s4, s0-s4
	e0, e3, e1, e2 := t0+t3, t0-t3, t1+t2, t1-t2

	z1, z2, z3, z4 := s7+s1, s5+s3, s7+s3, s5+s1
	z5 := (z3 + z4) * 1.175875602
	z1, z2 = z1*-0.899976223, z2*-2.562915447
	z3, z4 = z3*-1.961570560+z5, z4*-0.390180644+z5
	o0 := s7*0.298631336 + z1 + z3
	o1 := s5*2.053119869 + z2 + z4
	o2 := s3*3.072711026 + z2 + z3
	o3 := s1*1.501321110 + z1 + z4

	*i(0), *i(7) = e0+o3, e0-o3
	*i(1), *i(6) = e1+o2, e1-o2
	*i(2), *i(5) = e2+o1, e2-o1
	*i(3), *i(4) = e3+o0, e3-o0
}

// ratio is how the colours of a picture are sampled, where image.YCbCr has a name for it.
func (h Head) ratio() (image.YCbCrSubsampleRatio, bool) {
	p := h.parts
	if len(p) != 3 || p[1].h != p[2].h || p[1].v != p[2].v || p[0].h != h.maxH || p[0].v != h.maxV ||
		p[0].h%p[1].h != 0 || p[0].v%p[1].v != 0 {
		return 0, false
	}
	switch [2]int{p[0].h / p[1].h, p[0].v / p[1].v} {
	case [2]int{1, 1}:
		return image.YCbCrSubsampleRatio444, true
	case [2]int{2, 1}:
		return image.YCbCrSubsampleRatio422, true
	case [2]int{2, 2}:
		return image.YCbCrSubsampleRatio420, true
	case [2]int{1, 2}:
		return image.YCbCrSubsampleRatio440, true
	case [2]int{4, 1}:
		return image.YCbCrSubsampleRatio411, true
	case [2]int{4, 2}:
		return image.YCbCrSubsampleRatio410, true
	}
	return 0, false
}

// rgb reports whether the colours are red, green and blue.
func (h Head) rgb() bool {
	if h.adobe {
		return h.transform == 0
	}
	return len(h.parts) == 3 && h.parts[0].id == 'R' && h.parts[1].id == 'G' && h.parts[2].id == 'B'
}

// picture puts the planes together.
func (d *decoder) picture(ctx context.Context) (image.Image, error) {
	if d.progressive {
		for i := range d.parts {
			if err := d.drawKept(ctx, i); err != nil {
				return nil, err
			}
		}
	}
	bounds := image.Rect(0, 0, ceil(d.Width, d.shrink), ceil(d.Height, d.shrink))
	px := &d.pixels
	ratio, named := d.ratio()
	switch {
	case len(d.parts) <= 2 || d.missing():
		return &image.Gray{Pix: px[0].plane, Stride: px[0].stride, Rect: bounds}, nil
	case len(d.parts) == 3 && named && !d.rgb() && px[1].stride == px[2].stride:
		return &image.YCbCr{Y: px[0].plane, Cb: px[1].plane, Cr: px[2].plane, YStride: px[0].stride, CStride: px[1].stride,
			SubsampleRatio: ratio, Rect: bounds}, nil
	}
	return d.mixed(ctx, bounds)
}

// missing reports whether a colour never came: a picture that was cut off before it is shown without.
func (d *decoder) missing() bool {
	for i := range d.parts {
		if d.pixels[i].quant == nil {
			return true
		}
	}
	return false
}

func (d *decoder) drawKept(ctx context.Context, i int) error {
	p, px := &d.parts[i], &d.pixels[i]
	if px.quant == nil {
		return nil
	}
	n := keptOf(d.shrink)
	var block [64]int16
	for y := range p.tall {
		if err := ctx.Err(); err != nil {
			return err
		}
		for x := range p.all {
			copy(block[:], px.kept[(y*p.all+x)*n:][:n])
			px.draw(&block, x, y, d.shrink)
		}
	}
	px.kept = nil
	return nil
}

// mixed draws point by point what the standard library has no name for.
func (d *decoder) mixed(ctx context.Context, bounds image.Rectangle) (image.Image, error) {
	out := image.NewRGBA(bounds)
	var v [4]int32
	for y := range bounds.Dy() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for x := range bounds.Dx() {
			for i, p := range d.parts {
				px := &d.pixels[i]
				v[i] = int32(px.plane[y*p.v/d.maxV*px.stride+x*p.h/d.maxH])
			}
			r, g, b := v[0], v[1], v[2]
			if len(d.parts) == 3 && !d.rgb() || len(d.parts) == 4 && d.transform == 2 {
				r, g, b = mix(v[0], v[1]-128, v[2]-128)
			}
			if len(d.parts) == 4 { // ink as Adobe writes it: 255 is none
				if !d.adobe {
					r, g, b, v[3] = 255-r, 255-g, 255-b, 255-v[3]
				}
				r, g, b = r*v[3]/255, g*v[3]/255, b*v[3]/255
			}
			at := out.PixOffset(x, y)
			out.Pix[at], out.Pix[at+1], out.Pix[at+2], out.Pix[at+3] = uint8(r), uint8(g), uint8(b), 255
		}
	}
	return out, nil
}

// mix gives red, green and blue of light and colour (ITU-T T.871).
func mix(y, cb, cr int32) (r, g, b int32) {
	in := func(v int32) int32 { return min(max(v, 0), 255) }
	return in(y + (91881*cr+1<<15)>>16), in(y - (22554*cb+46802*cr+1<<15)>>16), in(y + (116130*cb+1<<15)>>16)
}
