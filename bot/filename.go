package bot

import "strings"

// FileName is what a file of the product's store is called when it is sent: a name of ours, with the ending that its type has, so
// that a phone knows what opens it. What its sender called it is not passed on. An unknown type has no ending.
func FileName(mime string) string {
	mime, _, _ = strings.Cut(strings.ToLower(mime), ";")
	switch mime = strings.TrimSpace(mime); mime {
	case "image/jpeg":
		return "foto.jpg"
	case "image/png":
		return "foto.png"
	case "image/webp":
		return "foto.webp"
	case "image/gif":
		return "foto.gif"
	case "image/heic", "image/heif":
		return "foto.heic"
	case "image/avif":
		return "foto.avif"
	case "image/tiff":
		return "foto.tif"
	case "image/jxl":
		return "foto.jxl"
	case "image/jp2":
		return "foto.jp2"
	}
	return soundName(mime)
}

func soundName(mime string) string {
	switch mime {
	case "audio/ogg", "audio/opus", "application/ogg":
		return "suara.ogg"
	case "audio/mpeg", "audio/mp3":
		return "suara.mp3"
	case "audio/mp4", "audio/x-m4a", "audio/m4a":
		return "suara.m4a"
	case "audio/amr":
		return "suara.amr"
	case "audio/aac":
		return "suara.aac"
	case "audio/wave", "audio/wav":
		return "suara.wav"
	case "video/mp4":
		return "video.mp4"
	case "video/quicktime":
		return "video.mov"
	case "video/3gpp":
		return "video.3gp"
	case "video/webm":
		return "video.webm"
	case "video/avi":
		return "video.avi"
	}
	return paperName(mime)
}

func paperName(mime string) string {
	const office = "application/vnd.openxmlformats-officedocument."
	switch mime {
	case "application/pdf":
		return "berkas.pdf"
	case office + "wordprocessingml.document":
		return "berkas.docx"
	case office + "spreadsheetml.sheet":
		return "berkas.xlsx"
	case office + "presentationml.presentation":
		return "berkas.pptx"
	case "application/msword":
		return "berkas.doc"
	case "application/vnd.ms-excel":
		return "berkas.xls"
	case "application/vnd.ms-powerpoint":
		return "berkas.ppt"
	case "application/vnd.oasis.opendocument.text":
		return "berkas.odt"
	case "application/vnd.oasis.opendocument.spreadsheet":
		return "berkas.ods"
	case "application/vnd.oasis.opendocument.presentation":
		return "berkas.odp"
	case "application/rtf":
		return "berkas.rtf"
	case "application/zip":
		return "berkas.zip"
	case "application/x-rar-compressed":
		return "berkas.rar"
	case "application/x-7z-compressed":
		return "berkas.7z"
	case "application/x-gzip":
		return "berkas.gz"
	case "text/html":
		return "data-anda.html"
	case "text/csv":
		return "berkas.csv"
	case "text/plain":
		return "berkas.txt"
	}
	return "berkas"
}
