"""A WebTransport server on loopback for Chromium's own WebTransport: prints its port and the digest of its certificate.

It echoes streams and datagrams. A bidirectional stream that begins with "reset N", "stop N" or "close N REASON" has that
done instead. It ends with its input.
"""

import asyncio
import datetime
import hashlib
import sys
import tempfile

from aioquic.asyncio import QuicConnectionProtocol, serve
from aioquic.buffer import encode_uint_var
from aioquic.h3.connection import H3_ALPN, H3Connection
from aioquic.h3.events import DatagramReceived, HeadersReceived, WebTransportStreamDataReceived
from aioquic.quic.configuration import QuicConfiguration
from aioquic.quic.connection import stream_is_unidirectional
from aioquic.quic.events import ProtocolNegotiated
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

# https://www.ietf.org/archive/id/draft-ietf-webtrans-http3-02.html#section-4.3 and #section-5
FIRST_ERROR = 0x52E4A40FA8DB
CLOSE_SESSION = 0x2843
DATA_FRAME = 0


def error_code(code):
    return FIRST_ERROR + code + code // 0x1E


class Session(QuicConnectionProtocol):
    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.http = None
        self.gathered = {}

    def quic_event_received(self, event):
        if isinstance(event, ProtocolNegotiated):
            self.http = H3Connection(self._quic, enable_webtransport=True)
        if self.http:
            for happened in self.http.handle_event(event):
                self.http_event_received(happened)
        self.transmit()

    def http_event_received(self, event):
        if isinstance(event, HeadersReceived):
            headers = [(b":status", b"200"), (b"sec-webtransport-http3-draft", b"draft02")]
            self.http.send_headers(event.stream_id, headers)
        elif isinstance(event, DatagramReceived):
            self.http.send_datagram(event.stream_id, event.data)
        elif isinstance(event, WebTransportStreamDataReceived):
            self.stream_data_received(event)

    def stream_data_received(self, event):
        stream, session = event.stream_id, event.session_id
        if stream_is_unidirectional(stream):
            self.gathered[stream] = self.gathered.get(stream, b"") + event.data
            if event.stream_ended:
                answer = self.http.create_webtransport_stream(session, is_unidirectional=True)
                self._quic.send_stream_data(answer, self.gathered.pop(stream), end_stream=True)
        elif event.data.startswith(b"reset "):
            self._quic.reset_stream(stream, error_code(int(event.data.split()[1])))
        elif event.data.startswith(b"stop "):
            self._quic.stop_stream(stream, error_code(int(event.data.split()[1])))
        elif event.data.startswith(b"close "):
            _, code, reason = event.data.split(b" ", 2)
            value = int(code).to_bytes(4, "big") + reason
            capsule = encode_uint_var(CLOSE_SESSION) + encode_uint_var(len(value)) + value
            frame = encode_uint_var(DATA_FRAME) + encode_uint_var(len(capsule)) + capsule
            self._quic.send_stream_data(session, frame, end_stream=True)
        else:
            self._quic.send_stream_data(stream, event.data, end_stream=event.stream_ended)


def certificate():
    """One that serverCertificateHashes may name: of P-256, for less than two weeks."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.timezone.utc)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=7))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    return key, made


async def main():
    key, made = certificate()
    configuration = QuicConfiguration(alpn_protocols=H3_ALPN, is_client=False, max_datagram_frame_size=65536)
    with tempfile.NamedTemporaryFile() as chain, tempfile.NamedTemporaryFile() as secret:
        chain.write(made.public_bytes(serialization.Encoding.PEM))
        secret.write(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        chain.flush()
        secret.flush()
        configuration.load_cert_chain(chain.name, secret.name)
    server = await serve("127.0.0.1", 0, configuration=configuration, create_protocol=Session)
    port = server._transport.get_extra_info("sockname")[1]
    print(port, hashlib.sha256(made.public_bytes(serialization.Encoding.DER)).hexdigest(), flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


asyncio.run(main())
