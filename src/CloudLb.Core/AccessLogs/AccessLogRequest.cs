namespace CloudLb.Core.AccessLogs;

/// <summary>What a client asked for, as it sent it.</summary>
/// <param name="Method">Such as <c>GET</c>.</param>
/// <param name="IsSecure">Whether the listener speaks TLS.</param>
/// <param name="Host">The Host header; empty when there is none.</param>
/// <param name="Target">The request target, with its query, not decoded.</param>
/// <param name="Version">Such as <c>1.1</c>.</param>
public sealed record AccessLogRequest(string Method, bool IsSecure, string Host, string Target, string Version);
