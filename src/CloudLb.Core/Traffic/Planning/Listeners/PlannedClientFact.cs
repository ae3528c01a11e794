namespace CloudLb.Core.Traffic.Planning;

/// <summary>A header in which members are told of a client's connection, in place of what the client wrote there.</summary>
/// <param name="What">What is told; nothing where the listener speaks no TLS.</param>
/// <param name="Header">Letters, digits, <c>-</c> and <c>_</c>.</param>
public sealed record PlannedClientFact(ClientFact What, string Header);
