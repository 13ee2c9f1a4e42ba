# Builds the wheel with locked tools, then an image with the locked libraries and nothing else.
FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements.lock requirements-dev.lock ./
RUN python -m venv /opt/ambassador \
 && /opt/ambassador/bin/pip install --no-cache-dir --require-hashes -r requirements.lock \
 && pip install --no-cache-dir --require-hashes -r requirements-dev.lock
COPY . .
RUN python -m hatchling build -t wheel -d /wheel \
 && /opt/ambassador/bin/pip install --no-cache-dir --no-deps --no-index /wheel/*.whl

FROM python:3.13-slim
ENV PATH="/opt/ambassador/bin:$PATH" LANG=C.UTF-8 PYTHONUNBUFFERED=1
COPY --from=build /opt/ambassador /opt/ambassador
# Mount your own config.yaml and messages/ over these.
WORKDIR /etc/ambassador
COPY config.yaml ./
COPY messages ./messages
USER 10001:10001
ENTRYPOINT ["ambassador"]
CMD ["check"]
