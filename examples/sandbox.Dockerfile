# The sandbox in a container: docker build -f examples/sandbox.Dockerfile -t omise-sandbox .
FROM python:3.13-slim
COPY pyproject.toml LICENSE README.md /source/
COPY docs/description.md /source/docs/
COPY omise /source/omise
RUN pip install --no-cache-dir "/source[sandbox]"
EXPOSE 4010
# Whoever reaches the container may use the sandbox: publish its port to this machine alone.
CMD ["omise", "sandbox", "--host", "0.0.0.0"]
