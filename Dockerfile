# rootctl as a container: the executable, the C library that Node needs, and nothing else; no shell, no package manager.
# It runs as nobody in particular, on a read-only root, and writes to /state alone: docs/installing.md.

# node:24-bookworm-slim
FROM node:24-bookworm-slim@sha256:6f7b03f7c2c8e2e784dcf9295400527b9b1270fd37b7e9a7285cf83b6951452d AS executable
RUN apt-get update && apt-get install -y --no-install-recommends binutils && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN npm ci --ignore-scripts && npm run build -- --code-only && npm run executable
# What stands beside the executable is what must go with it. The state folder belongs to whoever runs it.
RUN mkdir -p /out/usr/local/bin /out/usr/share/doc/rootctl && mkdir -m 0700 /out/state \
  && mv release/rootctl /out/usr/local/bin/ && mv release/*LICENSE* /out/usr/share/doc/rootctl/

# A release builds no second executable: it hands the one that it attests to in place of the stage above
# (`--build-context executable=FOLDER`, with the same files under out/).
FROM gcr.io/distroless/cc-debian12:nonroot@sha256:9dac0a79194e45a7da0158a9c6da57b217585af0786db3845d1f0ec1a0dd182f
LABEL org.opencontainers.image.title="rootctl" \
  org.opencontainers.image.description="Finds and removes AWS root-user credentials across an organization" \
  org.opencontainers.image.licenses="Apache-2.0"
COPY --from=executable /out/usr/ /usr/
COPY --from=executable --chown=65532:65532 /out/state /state
# Whoever runs it, ~/.aws is /.aws.
ENV HOME=/ XDG_STATE_HOME=/state XDG_CONFIG_HOME=/config
USER 65532:65532
ENTRYPOINT ["/usr/local/bin/rootctl"]
CMD ["--help"]
