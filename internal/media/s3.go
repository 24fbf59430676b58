package media

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// S3 keeps files in a bucket.
type S3 struct {
	client         *minio.Client
	bucket, prefix string
}

// OpenBlobs opens the home of files by its address: file:///var/lib/rabeg/media, or s3://KEY:SECRET@host/bucket/prefix,
// with ?tls=off for a server without TLS and ?region=… where one is needed.
func OpenBlobs(address string) (Blobs, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("the media address cannot be read") // the cause would show the secret
	}
	switch u.Scheme {
	case "file":
		if u.Host != "" || u.Path == "" {
			return nil, errors.New("a media folder is written with three slashes: file:///var/lib/rabeg/media")
		}
		return OpenDisk(u.Path)
	case "s3":
		return openS3(u)
	}
	return nil, errors.New("a media address begins with file:/// or s3://")
}

func openS3(u *url.URL) (*S3, error) {
	bucket, prefix, _ := strings.Cut(strings.Trim(u.Path, "/"), "/")
	if u.Host == "" || bucket == "" {
		return nil, errors.New("a bucket is written as s3://KEY:SECRET@host/bucket")
	}
	creds := credentials.NewEnvAWS()
	if u.User != nil {
		secret, _ := u.User.Password()
		creds = credentials.NewStaticV4(u.User.Username(), secret, "")
	}
	c, err := minio.New(u.Host, &minio.Options{Creds: creds, Secure: u.Query().Get("tls") != "off", Region: u.Query().Get("region")})
	if err != nil {
		return nil, fmt.Errorf("open the bucket: %w", err)
	}
	return &S3{client: c, bucket: bucket, prefix: prefix}, nil
}

func (s *S3) name(key string) string { return strings.TrimPrefix(s.prefix+"/"+key, "/") }

// Put stores a file.
func (s *S3) Put(ctx context.Context, key, mime string, data []byte) error {
	_, err := s.client.PutObject(ctx, s.bucket, s.name(key), bytes.NewReader(data), int64(len(data)), minio.PutObjectOptions{ContentType: mime})
	if err != nil {
		return fmt.Errorf("write to the bucket: %w", err)
	}
	return nil
}

// Open reads a file.
func (s *S3) Open(ctx context.Context, key string) (io.ReadCloser, error) {
	o, err := s.client.GetObject(ctx, s.bucket, s.name(key), minio.GetObjectOptions{})
	if err != nil {
		return nil, fmt.Errorf("read from the bucket: %w", err)
	}
	if _, err := o.Stat(); err != nil {
		_ = o.Close()
		if minio.ToErrorResponse(err).Code == "NoSuchKey" {
			err = fs.ErrNotExist
		}
		return nil, fmt.Errorf("read from the bucket: %w", err)
	}
	return o, nil
}

// Remove removes a file. A bucket that keeps versions keeps the old one: such a bucket needs a rule of its own for that.
func (s *S3) Remove(ctx context.Context, key string) error {
	if err := s.client.RemoveObject(ctx, s.bucket, s.name(key), minio.RemoveObjectOptions{}); err != nil {
		return fmt.Errorf("remove from the bucket: %w", err)
	}
	return nil
}

// Check asks whether the bucket is there.
func (s *S3) Check(ctx context.Context) error {
	ok, err := s.client.BucketExists(ctx, s.bucket)
	if err == nil && !ok {
		err = errors.New("there is no such bucket")
	}
	if err != nil {
		return fmt.Errorf("ask for the bucket: %w", err)
	}
	return nil
}
