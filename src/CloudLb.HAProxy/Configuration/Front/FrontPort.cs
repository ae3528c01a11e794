using System.Net;
using CloudLb.Core;

namespace CloudLb.HAProxy.Configuration;

/// <summary>A port at a shared address.</summary>
/// <param name="Number">The port.</param>
/// <param name="IsSecure">Whether hosts are told by TLS, which the listener itself speaks, and not by requests.</param>
/// <param name="Addresses">Where it is bound.</param>
internal sealed record FrontPort(int Number, bool IsSecure, EquatableArray<IPAddress> Addresses);
