package bot

import (
	"path"
	"strings"
)

// Picture reports whether a file is a picture by what the network says of it: its type, or its name where the type says
// nothing. Phones name types as they like ("image/jpg"), and some send every file as a row of bytes. What it really is, is
// seen when it is loaded.
func Picture(mime, name string) bool {
	mime, _, _ = strings.Cut(strings.ToLower(mime), ";")
	switch mime = strings.TrimSpace(mime); mime {
	case "image/jpeg", "image/jpg", "image/pjpeg", "image/jfif", "image/png", "image/x-png", "image/apng", "image/webp":
		return true
	case "", "application/octet-stream", "binary/octet-stream", "application/binary", "application/x-binary", "application/unknown", "image/*", "image",
		"*/*":
	default:
		return false
	}
	switch strings.ToLower(path.Ext(strings.TrimSpace(name))) {
	case ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp":
		return true
	}
	return false
}
