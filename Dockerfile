# The offline GenAuth in a small image: docker build -t genauth-mock . && docker run --rm -p 9480:9480 genauth-mock
FROM python:3.13-slim AS build
COPY pyproject.toml README.md LICENSE /source/
COPY src /source/src
COPY mock_server /source/mock_server
COPY contract /source/contract
RUN python -m venv /opt/genauth-mock \
    && /opt/genauth-mock/bin/pip install --no-cache-dir '/source[mock,redis,fast]'

FROM python:3.13-slim
LABEL org.opencontainers.image.title="genauth-mock" \
      org.opencontainers.image.description="An offline GenAuth: pass codes, phones and error answers with no account and no SMS" \
      org.opencontainers.image.licenses="MIT"
RUN useradd --no-create-home --uid 10001 --user-group genauth
COPY --from=build /opt/genauth-mock /opt/genauth-mock
ENV PATH=/opt/genauth-mock/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    GENAUTH_MOCK_HOST=0.0.0.0
USER 10001:10001
EXPOSE 9480
HEALTHCHECK --interval=5s --timeout=3s --start-period=5s --retries=3 \
    CMD ["genauth-mock", "healthcheck"]
ENTRYPOINT ["genauth-mock"]
CMD ["serve"]
