namespace CloudLb.Tests.Clients.Clients;

/// <summary>boto3 as Debian ships it.</summary>
public sealed class Boto3 : ElbClient
{
    private protected override (string Program, IReadOnlyList<string> Arguments) Command(Uri endpoint, string action, string json) =>
        ("/usr/bin/python3", [Path.Combine(Folder, "python", "call.py"), action, json]);

    public override string ToString() => "boto3";
}
