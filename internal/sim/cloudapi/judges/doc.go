// Package judges runs clients that others have written against the local Meta
// of package cloudapi, so that it and the channel do not only agree with each
// other.
//
// There are three, in JavaScript: @kapso/whatsapp-cloud-api, which builds the
// bodies of what is sent by itself, whatsapp-api-js and
// @chat-adapter/whatsapp. They need Node 20 and npm, which fetches them once
// into a cache folder of the user.
package judges
