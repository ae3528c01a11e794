using System.Net;
using CloudLb.Core;

namespace CloudLb.Dns.Publishing;

/// <summary>What a name is to resolve to.</summary>
/// <param name="Name">In lower case, checked to be a host name.</param>
/// <param name="Addresses">None: the name is to go.</param>
internal sealed record RecordSet(string Name, EquatableArray<IPAddress> Addresses);
