package say

// TooLate is the notice on a press whose screen another has taken the place of.
func (v Voice) TooLate() string {
	return v.pick("Yang ini sudah berganti. Jawab pesan terbaru di bawah, ya.", "This one has changed. Please answer the newest message below.")
}

// TapTwice is the notice on a press that was made a moment ago.
func (v Voice) TapTwice() string {
	return v.pick("Sudah saya terima. 🙂", "Got it already. 🙂")
}

// NotedAlready says that the same words were written down before.
func (v Voice) NotedAlready() string {
	return v.pick("Yang ini sudah saya catat. 🙏", "I have noted that already. 🙏")
}

// Passing reports whether words beside a question say only that something was taken in, or how to answer it: the next
// answer says as much. photos is how many the report has.
func (v Voice) Passing(words string, photos int) bool {
	switch words {
	case v.Added(), v.Changed(), v.NotedAlready(), v.Hello(), salam, v.HelloAgain(), v.Stale(true), v.Unclear(), v.TooShort(), v.Back(),
		v.Resumed(), v.NotYet(), v.NothingToSkip(), v.Heeded(), v.Photos(photos, 0):
		return true
	}
	return false
}
