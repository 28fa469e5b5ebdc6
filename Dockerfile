# docker build -t clientimport .
# docker run --rm --user "$(id -u)" --volume "$PWD:/clients" clientimport validate clients.xlsx -p banqup-partner
FROM python:3.13-slim

WORKDIR /src
COPY . .
RUN python -m pip install --no-cache-dir ".[sandbox,postgres]"

# Settings and the record of what was sent stay with the clients, outside the container.
ENV CLIENTIMPORT_HOME=/clients/.clientimport
WORKDIR /clients
ENTRYPOINT ["clientimport"]
CMD ["--help"]
