import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startAndWait, temporaryFolder } from '../processes.ts'
import type { Subject } from './subject.ts'
import { freePort } from './subject.ts'

/** nginx as reverse proxy with keep-alive, passing streams on as they come: the practical floor; `null` where it is not installed. */
export async function startNginx(upstream: Subject): Promise<Subject | null> {
  if (spawnSync('nginx', ['-v']).error) return null
  const port = await freePort()
  const folder = temporaryFolder()
  const file = join(folder, 'nginx.conf')
  writeFileSync(
    file,
    `daemon off; master_process off; worker_processes 1; pid ${folder}/pid; error_log stderr notice; worker_rlimit_nofile 8192;
events { worker_connections 8192; }
http {
  access_log off; client_body_temp_path ${folder}; proxy_temp_path ${folder};
  fastcgi_temp_path ${folder}; uwsgi_temp_path ${folder}; scgi_temp_path ${folder};
  keepalive_requests 1000000; proxy_buffering off; client_body_buffer_size 256k;
  upstream model { server 127.0.0.1:${upstream.port}; keepalive 256; keepalive_requests 1000000; }
  server { listen 127.0.0.1:${port}; location / { proxy_pass http://model; proxy_http_version 1.1; proxy_set_header Connection ""; } }
}
`,
  )
  const { child } = await startAndWait(
    ['nginx', '-c', file, '-p', folder],
    /start worker|using the "epoll"|signal process/,
  )
  return { name: 'nginx', port, child }
}
