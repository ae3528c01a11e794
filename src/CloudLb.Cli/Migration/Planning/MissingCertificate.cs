namespace CloudLb.Cli.Migration.Planning;

/// <summary>What to do about a certificate that is not here: AWS gives no private key out, so no export has it.</summary>
internal static class MissingCertificate
{
    public static string Text(string arn) =>
        $"Its certificate {arn} is not here. " + (IsOfIam(arn)
            ? "Upload it and import again: aws iam upload-server-certificate " +
                $"--server-certificate-name {NameOf(arn)} --certificate-body file://cert.pem --private-key file://key.pem."
            : "Bring it and import again: aws acm import-certificate --certificate fileb://cert.pem --private-key fileb://key.pem; " +
                $"then add --map {arn}=THE-NEW-ARN.");

    /// <summary>The name of an IAM server certificate, which may be uploaded under the same one; of another, the end of its ARN.</summary>
    public static string NameOf(string arn)
    {
        var end = arn[(arn.LastIndexOfAny(['/', ':']) + 1)..];
        return end.Length is > 0 and <= 128 && end.All(letter => char.IsAsciiLetterOrDigit(letter) || "+=,.@_-".Contains(letter))
            ? end
            : "NAME";
    }

    public static bool IsOfAcm(string arn) =>
        arn.StartsWith("arn:", StringComparison.Ordinal) && arn.Contains(":acm:", StringComparison.Ordinal);

    public static bool IsOfIam(string arn) => arn.Contains(":server-certificate/", StringComparison.Ordinal);
}
