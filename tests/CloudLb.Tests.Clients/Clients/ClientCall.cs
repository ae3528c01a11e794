namespace CloudLb.Tests.Clients.Clients;

/// <summary>One call for a client to make.</summary>
/// <param name="Verb"><c>call</c> an action; boto3 also can <c>wait</c> with a waiter and <c>presign</c> an action.</param>
/// <param name="Name">The action's or waiter's name.</param>
/// <param name="Parameters">JSON.</param>
internal sealed record ClientCall(string Verb, string Name, string Parameters);
