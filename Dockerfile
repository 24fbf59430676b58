# syntax=docker/dockerfile:1
# One static program in an empty image: no shell, no package manager, not root.

FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
# Folder by folder, so that no local data, tool or .env gets into the build.
COPY bot bot
COPY cmd cmd
COPY flows flows
COPY internal internal
COPY migrations migrations
ENV GOCACHE=/cache/go-build
# The time zones are in the program (time/tzdata). -s -w leaves the debugging
# tables out; stack traces keep their lines.
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/cache/go-build \
    CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /out/rabeg ./cmd/rabeg
# What the empty image lacks: a user, folders for photos and backups he may write
# to, a temporary folder.
RUN mkdir -p /out/base/etc /out/base/var/lib/rabeg/media /out/base/var/backups/rabeg /out/base/tmp && \
    printf 'rabeg:x:65532:65532:rabeg:/var/lib/rabeg:/sbin/nologin\n' > /out/base/etc/passwd && \
    printf 'rabeg:x:65532:\n' > /out/base/etc/group && \
    chown -R 65532:65532 /out/base/var/lib/rabeg /out/base/var/backups/rabeg && chmod 1777 /out/base/tmp

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/base/ /
COPY --from=build /out/rabeg /usr/local/bin/rabeg
USER 65532:65532
WORKDIR /var/lib/rabeg
# Photos; mount a volume here, or set MEDIA_URL to an S3 bucket. Tokens and
# passwords come from the environment at run time, never from the image.
ENV MEDIA_URL=file:///var/lib/rabeg/media LISTEN=:8080
VOLUME /var/lib/rabeg/media
EXPOSE 8080
# doctor checks everything the service needs; orchestrators ask /healthz and
# /readyz instead.
ENTRYPOINT ["/usr/local/bin/rabeg"]
CMD ["serve"]
