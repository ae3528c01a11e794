using CloudLb.Core.Accounts;

namespace CloudLb.Storage.Sqlite;

/// <summary>What is kept of one access key.</summary>
/// <param name="AccessKeyId">As callers sign with it.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="IsActive">Null once it is deleted.</param>
/// <param name="CreateDate">When it was made or first seen.</param>
/// <param name="SealedSecret">Null for a key that the settings give, and for a deleted one.</param>
internal sealed record AccessKeyRow(string AccessKeyId, AccessKeyOwner Owner, bool? IsActive, DateTimeOffset CreateDate, byte[]? SealedSecret);
