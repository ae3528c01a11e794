namespace CloudLb.Core.Accounts;

/// <summary>Whose access keys are meant.</summary>
/// <param name="Account">The account.</param>
/// <param name="UserName">One of its users; null for the account itself, as AWS's root user.</param>
public readonly record struct AccessKeyOwner(AccountId Account, string? UserName)
{
    public string Arn => $"arn:aws:iam::{Account}:{(UserName is null ? "root" : $"user/{UserName}")}";

    /// <summary>AWS's root user has the account's number; users have their name here, as nothing else tells them apart.</summary>
    public string UserId => UserName ?? Account.ToString();
}
