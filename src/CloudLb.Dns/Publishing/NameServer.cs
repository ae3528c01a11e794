using System.Net;

namespace CloudLb.Dns.Publishing;

/// <summary>Where names are published.</summary>
/// <param name="Place">The server's.</param>
/// <param name="Zone">In lower case.</param>
/// <param name="KeyFile">What updates are signed with.</param>
/// <param name="Program">What sends them.</param>
internal sealed record NameServer(IPEndPoint Place, string Zone, string KeyFile, string Program);
