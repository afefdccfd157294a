# syntax=docker/dockerfile:1
ARG NODE=node:20-bookworm-slim

# Everything that building needs.
FROM ${NODE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY scripts/build.mjs scripts/pages.mjs scripts/
COPY content/triage content/triage
COPY src src
RUN node scripts/build.mjs

# What running needs.
FROM ${NODE} AS modules
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Maps and type declarations are half of the bytes, and nothing reads them.
RUN npm ci --omit=dev --no-audit --no-fund && npm cache clean --force \
  && find node_modules -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.cts' -o -name '*.d.mts' \) -delete

FROM ${NODE}
ENV NODE_ENV=production SALUS_DATA_DIR=/data SALUS_HOST=0.0.0.0
WORKDIR /app
COPY --from=modules /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY bin bin
COPY content content
COPY package.json LICENSE ./
RUN mkdir /data && chown node:node /data && ln -s /app/bin/salus.mjs /usr/local/bin/salus
USER node
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.SALUS_PORT || 8080) + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node as process 1 gets the signals itself and ends its running turns.
ENTRYPOINT ["node", "bin/salus.mjs"]
CMD ["start"]
