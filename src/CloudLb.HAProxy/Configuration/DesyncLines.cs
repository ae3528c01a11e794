using CloudLb.Core.Planning;

namespace CloudLb.HAProxy.Configuration;

/// <summary>Desync mitigation as near to AWS's modes as HAProxy's parser allows.</summary>
/// <remarks>
/// Measured with 2.6.12: as it comes it refuses what AWS calls severe and drops the Content-Length beside a Transfer-Encoding, closing the connection
/// afterwards, which is <see cref="DesyncMitigation.Defensive"/>. Rules do not see the dropped header, so strictest lets that one case pass.
/// </remarks>
internal static class DesyncLines
{
    private const string Strictest = """
          http-request deny deny_status 400 if METH_GET { req.hdr(content-length) -m found }
          http-request deny deny_status 400 if METH_GET { req.hdr(transfer-encoding) -m found }
          http-request deny deny_status 400 unless { req.hdr(host) -m found }
          http-request deny deny_status 400 if { req.hdr(transfer_encoding) -m found }
          http-request deny deny_status 400 if { req.hdr(content_length) -m found }
        """;

    public static void Write(ConfigText text, DesyncMitigation mode)
    {
        switch (mode)
        {
            case DesyncMitigation.Monitor:
                text.Line("option").Word("accept-invalid-http-request");
                break;
            case DesyncMitigation.Strictest:
                text.Block(Strictest);
                break;
        }
    }
}
