import http from 'node:http';

const server = http.createServer((request, response) => response.end(`Karaf serves ${request.url}`));
server.listen(0, '127.0.0.1', () => console.log(`listening on ${server.address().port}`));
// The container asks the application to end.
process.on('SIGTERM', () => server.close());
