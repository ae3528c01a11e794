namespace CloudLb.Cli.Migration;

/// <summary>A service has refused a call for what it asks; asked again it would refuse it again.</summary>
internal sealed class RefusedException(string code, string message) : Exception($"{code}: {message}")
{
    public string Code => code;
}
