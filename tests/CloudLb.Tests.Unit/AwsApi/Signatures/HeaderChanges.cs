namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>Headers of a request that was signed already.</summary>
internal static class HeaderChanges
{
    /// <summary>Gives the only value of a header another text, unsigned.</summary>
    public static void ReplaceHeader(this HttpRequestMessage request, string name, Func<string, string> change)
    {
        var value = request.Headers.GetValues(name).Single();
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, change(value));
    }
}
