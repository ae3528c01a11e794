namespace CloudLb.Tests.Api.Certificates;

/// <summary>An error answer.</summary>
internal sealed class ServiceRefusal(int status, string code, string message) : Exception($"{status} {code}: {message}")
{
    public (int Status, string Code) Error => (status, code);

    public string Text => message;
}
