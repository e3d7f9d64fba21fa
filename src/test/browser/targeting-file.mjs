// Creates a data file with a flag for each condition, and flags that combine conditions.

/** By flag: one condition, for which both the page and the server have the data. */
export function conditions(exactUrl) {
  const all = {};
  const add = (key, condition) => {
    all[key] = [[condition]];
    all[`not-${key}`] = [[{ ...condition, isInclude: false }]];
  };
  const url = (key, url, matchType) => add(`url-${key}`, { targetingType: "PAGE_URL", url, matchType });
  url("contains", "step=checkout", "CONTAINS");
  url("contains-encoded", "J%C3%BCrgen%20", "CONTAINS");
  url("exact", exactUrl, "EXACT");
  url("regex", "http://.*/decisions\\.jsp\\?step=check.*", "REGULAR_EXPRESSION");
  const previous = (key, url, matchType) =>
    add(`previous-${key}`, { targetingType: "PREVIOUS_PAGE", url, matchType });
  previous("contains", "step=cart", "CONTAINS");
  previous("regex", ".*/decisions\\.jsp\\?.*", "REGULAR_EXPRESSION");
  for (const device of ["PHONE", "TABLET", "DESKTOP"]) {
    add(`device-${device}`, { targetingType: "DEVICE_TYPE", device });
  }
  for (const os of ["WINDOWS", "MAC", "IOS", "LINUX", "ANDROID", "WINDOWS_PHONE"]) {
    add(`os-${os}`, { targetingType: "OPERATING_SYSTEM", os });
  }
  for (const browser of ["CHROME", "IE", "FIREFOX", "SAFARI", "OPERA", "OTHER"]) {
    add(`browser-${browser}`, { targetingType: "BROWSER", browser });
  }
  const version = (browser, version, versionMatchType) =>
    add(`version-${browser}-${versionMatchType}-${version}`.replace(".", "_"), {
      targetingType: "BROWSER",
      browser,
      version,
      versionMatchType,
    });
  version("CHROME", "130", "GREATER");
  version("CHROME", "100", "LOWER");
  version("CHROME", "131", "EQUAL");
  version("FIREFOX", "131", "GREATER");
  version("FIREFOX", "131", "LOWER");
  version("FIREFOX", "131", "EQUAL");
  version("SAFARI", "17", "GREATER");
  version("SAFARI", "17", "LOWER");
  version("SAFARI", "17.5", "EQUAL");
  version("IE", "9", "LOWER");
  version("OPERA", "9.8", "EQUAL");
  version("OTHER", "2.1", "EQUAL");
  return { ...all, ...cookies() };
}

function cookies() {
  const all = {};
  const cookie = (key, name, nameMatchType, value, valueMatchType) => {
    const condition = { targetingType: "COOKIE", name, nameMatchType, value, valueMatchType };
    all[`cookie-${key}`] = [[condition]];
    all[`not-cookie-${key}`] = [[{ ...condition, isInclude: false }]];
  };
  cookie("exact", "theme", "EXACT", "dark", "EXACT");
  cookie("other", "theme", "EXACT", "light", "EXACT");
  cookie("other-case", "Theme", "EXACT", "dark", "EXACT");
  cookie("value-contains", "theme", "EXACT", "ar", "CONTAINS");
  cookie("value-regex", "theme", "EXACT", "d.*k", "REGULAR_EXPRESSION");
  cookie("name-contains", "them", "CONTAINS", "dark", "EXACT");
  cookie("second-of-two-names", "part-", "CONTAINS", "right", "EXACT");
  cookie("name-regex", "th.me", "REGULAR_EXPRESSION", "dark", "EXACT");
  cookie("quoted", "quoted", "EXACT", '"a b"', "EXACT");
  cookie("unquoted", "quoted", "EXACT", "a b", "EXACT");
  cookie("encoded", "encoded", "EXACT", "%C3%BC%20x", "EXACT");
  cookie("decoded", "encoded", "EXACT", "\u00fc x", "EXACT");
  cookie("cut", "cut", "EXACT", "left", "EXACT");
  cookie("uncut", "cut", "EXACT", "left=right", "EXACT");
  cookie("empty", "empty", "EXACT", "", "EXACT");
  cookie("missing", "missing", "EXACT", "", "CONTAINS");
  cookie("http-only", "JSESSIONID", "EXACT", "", "CONTAINS");
  return all;
}

const phone = { targetingType: "DEVICE_TYPE", device: "PHONE" };
const chrome = { targetingType: "BROWSER", browser: "CHROME" };
const newChrome = { ...chrome, version: "130", versionMatchType: "GREATER" };
const ios = { targetingType: "OPERATING_SYSTEM", os: "IOS" };
const checkout = { targetingType: "PAGE_URL", url: "step=checkout", matchType: "CONTAINS" };
const dark = {
  targetingType: "COOKIE",
  name: "theme",
  nameMatchType: "EXACT",
  value: "dark",
  valueMatchType: "EXACT",
};
const not = (condition) => ({ ...condition, isInclude: false });

/** By flag: groups of conditions. Every group must be met; one met condition meets its group. */
export const combined = {
  "phone-and-chrome": [[phone], [chrome]],
  "chrome-or-ios": [[chrome, ios]],
  "checkout-without-phones": [[checkout], [not(phone)]],
  "dark-and-new-chrome-or-ios": [[dark], [newChrome, ios]],
  "no-chrome-on-checkout": [[not(chrome)], [checkout]],
};

/**
 * Returns the data file, for both SDKs: 100 % of the visitors who meet one condition, half of those
 * who meet combined conditions.
 */
export function targetedFile(flags) {
  let id = 1000;
  const featureFlags = Object.entries(flags).map(([featureKey, groups]) => {
    const share = featureKey in combined ? 0.5 : 1.0;
    return {
      id: id++,
      featureKey,
      environmentEnabled: true,
      defaultVariationKey: "off",
      variations: ["on", "control", "off"].map((key) => ({ key, name: key, variables: [] })),
      rules: [
        {
          id: id++,
          order: 0,
          type: "EXPERIMENTATION",
          exposition: 1.0,
          experimentId: id++,
          respoolTime: null,
          segment: {
            id: id++,
            conditionsData: {
              firstLevelOrOperators: groups.slice(1).map(() => false),
              firstLevel: groups.map((group) => ({
                orOperators: group.slice(1).map(() => true),
                conditions: group.map((one) => ({ id: id++, weight: 1, isInclude: true, ...one })),
              })),
            },
          },
          variationByExposition: [
            { variationKey: "on", variationId: id++, exposition: share },
            { variationKey: "control", variationId: id++, exposition: 1 - share },
          ],
        },
      ],
    };
  });
  return {
    configuration: {
      realTimeUpdate: false,
      consentType: "NOT_REQUIRED",
      dataApiDomain: "data.kameleoon.io",
      consentOptOutBehavior: "PARTIALLY_BLOCK",
    },
    customData: [],
    featureFlags,
  };
}
