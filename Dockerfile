# Builds the wheel with locked tools, then an image with the locked libraries and nothing else.
FROM python:3.13-slim-trixie AS build
WORKDIR /src
COPY requirements.lock requirements-dev.lock ./
RUN python -m venv /opt/ambassador \
 && /opt/ambassador/bin/pip install --no-cache-dir --require-hashes -r requirements.lock \
 && pip install --no-cache-dir --require-hashes -r requirements-dev.lock
COPY . .
RUN python -m hatchling build -t wheel -d /wheel \
 && /opt/ambassador/bin/pip install --no-cache-dir --no-deps --no-index /wheel/*.whl

FROM python:3.13-slim-trixie
ENV PATH="/opt/ambassador/bin:$PATH" LANG=C.UTF-8 PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    AMBASSADOR_CONFIG=/etc/ambassador/config.yaml
COPY --from=build /opt/ambassador /opt/ambassador
# Mount a folder of your own over this one, with config.yaml and messages/ in it.
COPY config.yaml /etc/ambassador/
COPY messages /etc/ambassador/messages
# The only place that is written to: the database, and backups beside it.
RUN install -d -o 10001 -g 10001 -m 0700 /var/lib/ambassador
WORKDIR /var/lib/ambassador
VOLUME /var/lib/ambassador
USER 10001:10001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["ambassador", "healthcheck"]
ENTRYPOINT ["ambassador"]
CMD ["run"]
