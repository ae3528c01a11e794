using System.Text;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Fuzz;

/// <summary>Requests at random, the same for the same seed but for the time that they are signed at.</summary>
internal sealed class FuzzRequests(Random random, string host)
{
    private static readonly string[] Regions = [.. Enumerable.Repeat(Account.Region, 20), "eu-west-1", "Nowhere"];

    private static readonly string[] MonitoringPaths = ["/health", "/ready", "/metrics"];

    private readonly FuzzForeign _foreign = new(random, host);

    private readonly FuzzBroken _broken = new(random, host);

    public FuzzRequest Next() => random.Next(100) switch
    {
        < 22 => Signed("signed, sane", hostility: 0),
        < 38 => Signed("signed, partly hostile", hostility: 15),
        < 45 => Signed("signed, hostile", hostility: 100),
        < 50 => Mutated(),
        < 55 => InQuery(),
        < 60 => Presigned(),
        < 68 => WronglySigned(),
        < 74 => Unsigned(),
        < 86 => _foreign.Next(),
        < 88 =>
            new(
                "monitoring", FuzzWire.Write(Any("GET", "GET", "HEAD", "POST"), Any(MonitoringPaths), [("Host", host)], []))
                {
                    IsMonitoring = true,
                },
        _ => _broken.Next(Signed("", hostility: 15).Bytes),
    };

    private FuzzSigner Signer(string service) => new(Any(Account.First, Account.Second, Account.Second), Any(Regions), service);

    private FuzzRequest Signed(string kind, int hostility)
    {
        var (form, service) = FuzzCalls.Next(random, hostility);
        return new(kind, Post(Signer(service), Encoding.UTF8.GetBytes(form)));
    }

    /// <summary>Signed well, but what is signed is no form, or one with a few bytes changed.</summary>
    private FuzzRequest Mutated()
    {
        var (form, service) = FuzzCalls.Next(random, hostility: 5);
        var bytes = Encoding.UTF8.GetBytes(form).ToList();
        for (var changes = random.Next(1, 6); changes > 0 && bytes.Count > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.Insert(at, (byte)Any('&', '=', '%', '.', '+', '\0', '\n', '\x80'));
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at));
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 200), bytes.Count - at)));
                    break;
            }
        }

        return new("signed, changed before", Post(Signer(service), [.. bytes]));
    }

    private FuzzRequest InQuery()
    {
        var (form, service) = ShortForm();
        var headers = Signer(service).Sign("GET", "/", form, [("host", host)], FuzzSigner.Hash([]));
        return new("signed, in the query", FuzzWire.Write("GET", $"/?{form}", [("Host", host), .. headers], []));
    }

    private FuzzRequest Presigned()
    {
        var (form, service) = ShortForm();
        return new(
            "presigned",
            FuzzWire.Write("GET", $"/?{Signer(service).Presign("GET", "/", form, host, FuzzSigner.Hash([]))}", [("Host", host)], []));
    }

    private FuzzRequest WronglySigned()
    {
        var (form, service) = FuzzCalls.Next(random, hostility: 15);
        var signer = Signer(service);
        var body = Encoding.UTF8.GetBytes(form);
        signer = random.Next(6) switch
        {
            0 => signer with { Account = signer.Account with { SecretAccessKey = "another" } },
            1 =>
                signer with
                {
                    Account = signer.Account with { AccessKeyId = $"AKID{FuzzCalls.Hostile("UserName", random).Count(char.IsLetter)}" },
                },
            2 => signer with { Time = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(random.Next(2) == 0 ? -1 : 1) },
            3 => signer with { Service = Any("s3", "route53", "") },
            _ => signer,
        };
        var headers = signer.Sign("POST", "/", "", [("content-type", FuzzWire.FormType), ("host", host)], FuzzSigner.Hash(body)).ToList();
        if (random.Next(2) == 0)
        {
            // Another secret or time is wrong already; of what would be right, a digit of the signature is changed.
            var text = headers[1].Value;
            headers[1] = ("Authorization", $"{text[..^1]}{(text[^1] == '0' ? '1' : '0')}");
        }
        else
        {
            headers[1] = random.Next(3) switch
            {
                0 => ("Authorization", Visible(HostileValues.Authorizations[random.Next(HostileValues.Authorizations.Count)])),
                1 =>
                    (
                        "Authorization",
                        Visible($"AWS4-HMAC-SHA256 Credential={Hostile()}, SignedHeaders=host;{Hostile()}, Signature={Hostile()}")),
                _ => ("Authorization", headers[1].Value.Replace("SignedHeaders=content-type;", "SignedHeaders=", StringComparison.Ordinal)),
            };
        }

        return new(
            "wrongly signed",
            FuzzWire.Write(
                "POST", "/", [("Host", host), ("Content-Type", FuzzWire.FormType), .. headers], body, Chunking())) { IsForged = true };
    }

    private FuzzRequest Unsigned()
    {
        var (form, _) = ShortForm();
        var (method, path) = (
            Any("GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "POST"), Any("/", "/favicon.ico", "/a/b", "/?", "/%41", "/..", "//"));
        var type = Any(FuzzWire.FormType, "text/plain", "application/json");
        return new("unsigned", random.Next(3) switch
        {
            0 => FuzzWire.Write("GET", $"/?{form}", [("Host", host)], []),
            1 => FuzzWire.Write(method, path, [("Host", host)], []),
            _ => FuzzWire.Write("POST", "/", [("Host", host), ("Content-Type", type)], Encoding.UTF8.GetBytes(form), Chunking()),
        }) { IsForged = true };
    }

    private string Hostile() => FuzzCalls.Hostile("x", random);

    private byte[] Post(FuzzSigner signer, byte[] body)
    {
        // Few are long: they would take all the time.
        if (random.Next(3000) == 0)
        {
            body =
            [
                .. body,
                .. Encoding.ASCII.GetBytes(
                    string.Concat(Enumerable.Range(0, random.Next(25_000)).Select(number => $"&p{number}={number}"))),
            ];
        }

        var type = Any(FuzzWire.FormType, $"{FuzzWire.FormType}; charset=utf-8");
        var headers = signer.Sign("POST", "/", "", [("content-type", type), ("host", host)], FuzzSigner.Hash(body));
        return FuzzWire.Write("POST", "/", [("Host", host), ("Content-Type", type), .. headers], body, Chunking());
    }

    private (string Form, string Service) ShortForm()
    {
        while (true)
        {
            const int RoomInRequestLine = 16_000;
            var made = FuzzCalls.Next(random, hostility: 15);
            if (made.Form.Length < RoomInRequestLine)
            {
                return made;
            }
        }
    }

    private Random? Chunking() => random.Next(7) == 0 ? random : null;

    /// <summary>What may stand in a header.</summary>
    private static string Visible(string text) => string.Concat(text.Where(c => c is >= ' ' and <= '~').Take(8000)).Trim();

    private T Any<T>(params ReadOnlySpan<T> values) => values[random.Next(values.Length)];
}
