# The sandbox in a container, made in a clone:
#   docker build -f examples/sandbox.Dockerfile -t omise-sandbox .
#   docker run --rm -p 127.0.0.1:4010:4010 omise-sandbox
FROM python:3.13-slim
COPY pyproject.toml LICENSE README.md /source/
COPY docs/description.md /source/docs/
COPY omise /source/omise
RUN pip install --no-cache-dir "/source[sandbox]"
EXPOSE 4010
# Whoever reaches the container may use the sandbox: publish its port to this machine alone.
CMD ["omise", "sandbox", "--host", "0.0.0.0", "--dashboard", "anywhere"]
