namespace CloudLb.Tests.Clients.Clients;

/// <summary>What a client printed when its call failed; holds AWS's error code.</summary>
public sealed class ElbClientException(string message) : Exception(message);
